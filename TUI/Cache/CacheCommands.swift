// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient

extension CommandRunner {
  func cacheInfo() {
    let figures = desk.cache.figures
    if out.isJSON {
      return out.line("{\"answers\":\(figures.count),\"bytes\":\(figures.bytes),\"bytes_max\":\(desk.cache.bytesMax)}")
    }
    out.line(
      "\(Words.count(figures.count, "answer", "answers")), \(figures.bytes / 1024) of \(desk.cache.bytesMax / 1024) KiB"
    )
    if let oldest = figures.oldest { out.line("oldest: \(Words.age(HTTPDate.now - oldest))") }
    out.line(desk.cache.path)
  }

  func clearCache() {
    desk.cache.empty()
    out.say("Nothing is stored any more.")
  }
}

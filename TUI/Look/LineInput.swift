// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization

/// Reads answers line by line: from the standard input, or from the person's own terminal when the input is something else.
final class LineInput: Sendable {
  private let fd: Int32
  private let promptFD: Int32
  /// What was read beyond the last line.
  private let rest = Mutex<[UInt8]>([])
  /// Whether somebody is there to be asked.
  let isInteractive: Bool

  private static let lineMax = 4096

  private init(fd: Int32, promptFD: Int32) {
    self.fd = fd
    self.promptFD = promptFD
    isInteractive = isatty(fd) == 1
  }

  static let standard = LineInput(fd: STDIN_FILENO, promptFD: STDERR_FILENO)

  /// The terminal that the process was started from, whatever its input is; nil when there is none.
  static var terminal: LineInput? {
    let fd = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC)
    return fd < 0 ? nil : LineInput(fd: fd, promptFD: fd)
  }

  deinit { if fd != STDIN_FILENO { close(fd) } }

  /// The next line without blanks around it; nil at the end. The question is for people only.
  func ask(_ question: String) -> String? {
    if isInteractive { LinePrinter.write(promptFD, Array(question.utf8)) }
    return rest.withLock { rest in
      while true {
        if let end = rest.firstIndex(of: 0x0a) { return take(end, from: &rest) }
        if rest.count > LineInput.lineMax { return nil }
        var piece = [UInt8](repeating: 0, count: 512)
        let count = unsafe read(fd, &piece, piece.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return rest.isEmpty ? nil : take(rest.count, from: &rest) }
        rest += piece.prefix(count)
      }
    }
  }

  private func take(_ end: Int, from rest: inout [UInt8]) -> String {
    let line = String(decoding: rest[..<end], as: UTF8.self)
    rest.removeFirst(min(rest.count, end + 1))
    return line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import TestSupport

/// Debian's browser without a window, with scripts turned off: the pages must do without.
struct Chromium {
  let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
    _ = try runProgram(
      "/bin/sh",
      [
        "-c",
        """
        mkdir "$0/Default" && mkdir -p "$1"
        printf '%s' '{"profile":{"default_content_setting_values":{"javascript":2}}}' > "$0/Default/Preferences"
        """, home.path, TestFiles.package + "/.build/artifacts",
      ])
  }

  /// Paints a page, keeps the picture in `.build/artifacts`, and tells its width, its height and how many colours it has.
  static func paint(_ url: String, width: Int, height: Int, as name: String) async throws -> [Int] {
    let path = "\(TestFiles.package)/.build/artifacts/\(name)-\(width).png"
    let figures = try await onThread {
      let said = try Chromium().picture(of: url, width: width, height: height, to: path)
      do { return try runProgram("/usr/bin/python3", [TestFiles.tests + "/Support/png-colours.py", path]) } catch {
        throw TestFailure("\(error) \(said)")
      }
    }
    return figures.split(separator: " ").compactMap { Int($0) }
  }

  /// What it said of it.
  private func picture(of url: String, width: Int, height: Int, to path: String) throws -> String {
    try runProgram(
      "/bin/sh",
      [
        "-c",
        """
        rm -f "$2"
        exec timeout 90 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --no-proxy-server \
        --force-device-scale-factor=1 --user-data-dir="$0" --window-size="$1" --screenshot="$2" "$3" 2>&1
        """, home.path, "\(width),\(height)", path, url,
      ])
  }
}

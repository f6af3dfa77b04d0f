// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market
import TestSupport
import Testing

@testable import soukd

/// The pages as a browser paints them, on a phone and on a desk. The pictures stay in `.build/artifacts` for people to
/// look at.
@Suite(.timeLimit(.minutes(3))) struct PagePictureTests {
  @Test(arguments: [(390, 844), (1280, 900)])
  func `the page that signs a device in is painted`(width: Int, height: Int) async throws {
    try await withSite { site in
      let grant = try await site.call(Identity.requestDevice, DeviceRequest(device: "workshop laptop"))
      let path = TestFiles.package + "/.build/artifacts/device-page-\(width).png"
      let url = grant.verificationURIComplete
      let said = try await onThread {
        Result { try Chromium().picture(of: url, width: width, height: height, to: path) }
      }.get()
      let figures = try await onThread {
        Result { try runProgram("/usr/bin/python3", [TestFiles.tests + "/Support/png-colours.py", path]) }
      }.get()
      let numbers = figures.split(separator: " ").compactMap { Int($0) }
      try #require(numbers.count == 3, "\(figures) \(said)")
      #expect(numbers[0] == width && numbers[1] == height)
      // A page that failed or did not come has a dozen shades of grey.
      #expect(numbers[2] > 150, "\(figures)")
    }
  }
}

/// Debian's browser without a window, with scripts turned off: the pages must do without.
private struct Chromium {
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

  /// What it said of it.
  func picture(of url: String, width: Int, height: Int, to path: String) throws -> String {
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

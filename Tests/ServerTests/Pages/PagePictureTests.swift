// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

@testable import soukd

/// The pages as a browser paints them, on a phone and on a desk. The pictures stay in `.build/artifacts` for people to
/// look at.
@Suite(.timeLimit(.minutes(3))) struct PagePictureTests {
  @Test(arguments: [(390, 844), (1280, 900)])
  func `the page that signs a device in is painted`(width: Int, height: Int) async throws {
    try await withSite { site in
      let grant = try await site.call(Identity.requestDevice, DeviceRequest(device: "workshop laptop"))
      let numbers = try await Chromium.paint(
        grant.verificationURIComplete, width: width, height: height, as: "device-page")
      try #require(numbers.count == 3)
      #expect(numbers[0] == width && numbers[1] == height)
      // A page that failed or did not come has a dozen shades of grey.
      #expect(numbers[2] > 150, "\(numbers)")
    }
  }
}

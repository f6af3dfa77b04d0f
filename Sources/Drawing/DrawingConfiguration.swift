// SPDX-License-Identifier: GPL-3.0-or-later
public import ChildProcess
import Glibc

/// How many children draw, as whom, and within which limits.
public struct DrawingConfiguration: Sendable {
  /// The program `souk-draw`; none looks for it beside the running program.
  public var executable: String?
  public var childrenMax = 1
  /// Requests that may wait, beyond the ones being worked on.
  public var waitingMax = 64
  /// The time for one request, from when a child begins on it.
  public var requestLimit: Duration = .seconds(10)
  /// A child is replaced after so many requests, so that leaks in its libraries stay small.
  public var requestsPerChild = 500
  /// The largest file that is looked at.
  public var inputBytesMax = 24 << 20
  /// The most pixels a file may declare: 50 million is more than a full-frame camera makes.
  public var pixelsMax = 50_000_000
  /// The address space of a child: a decoded 50-megapixel picture takes 200 MB, and the libraries 150.
  public var memoryBytesMax: UInt64 = 768 << 20
  /// Processor time of a child over its whole life.
  public var cpuSecondsMax: UInt64 = 600
  /// Who the children run as; none when this process may not change its user anyway.
  public var user: SystemUser? = SystemUser.mayChange ? SystemUser(named: "nobody") : nil

  public init() {}

  /// Where the program is: as given, or beside the running one.
  var executablePath: String {
    if let executable { return executable }
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
    let path = buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:))
    let folder = path.prefix(upTo: path.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex)
    return String(decoding: folder, as: UTF8.self) + "/souk-draw"
  }

  /// The limits a child must know itself, as its arguments.
  var childArguments: [String] { [String(inputBytesMax), String(pixelsMax)] }
}

/// The drawing program cannot be started.
public struct DrawingUnavailable: Error, CustomStringConvertible {
  public var path: String
  public var reason: String
  public var description: String { "the drawing program \(path) cannot be started: \(reason)" }
}

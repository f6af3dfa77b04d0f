// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSpawn
public import EventLoop
import Glibc
import Synchronization

// The map of this module:
//   ChildProcess   a running child: its pid, waiting for its end, signalling it
//   ChildPlan      what to start and as whom, with which limits and descriptors
//   SystemUser     a user of this machine, looked up before the fork
//   Spawner        the one thread that forks: a death signal follows the thread that forked, so that thread
//                  must live as long as the process

/// What to start, as whom, and within which limits.
public struct ChildPlan: Sendable {
  public var path: String
  public var arguments: [String] = []
  /// The whole environment; nothing is inherited.
  public var environment: [String: String] = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"]
  public var directory: String?
  /// Descriptors for standard input, output and error; none means /dev/null. The child gets copies.
  public var input: Int32?
  public var output: Int32?
  public var error: Int32?
  public var user: SystemUser?
  /// Sent to the child when this process dies, however it dies.
  public var deathSignal: Int32 = SIGTERM
  public var memoryBytesMax: UInt64 = 0
  public var cpuSecondsMax: UInt64 = 0
  public var fileBytesMax: UInt64 = 0
  public var openFilesMax: UInt64 = 0
  public var mayGainPrivileges = true

  public init(path: String, arguments: [String] = []) {
    self.path = path
    self.arguments = arguments
  }
}

/// A child that could not be started.
public struct SpawnFailure: Error, CustomStringConvertible {
  public var path: String
  public var code: Int32
  public var description: String { unsafe "cannot start \(path): \(String(cString: strerror(code)))" }
}

/// A running child process. Whoever starts it waits for it exactly once.
public struct ChildProcess: Sendable {
  public let pid: Int32

  /// How a child ended.
  public enum Exit: Sendable, Equatable {
    case code(Int32)
    case signal(Int32)
  }

  /// Starts the child from the thread that forks for the whole process.
  public static func start(_ plan: ChildPlan) throws -> ChildProcess {
    ChildProcess(pid: try Spawner.shared.spawn(plan))
  }

  public func send(_ signal: Int32) { kill(pid, signal) }

  /// Waits on the loop for the end of the child, and reaps it.
  public func wait(on loop: EventLoop) async -> Exit {
    await loop.waitForExit(of: pid)
    return reap()
  }

  /// Waits for the end of the child, blocking this thread, and reaps it.
  public func reap() -> Exit {
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    return Exit(status)
  }

  /// The child's end if it has ended already; reaps it then.
  public func reapIfEnded() -> Exit? {
    var status: Int32 = 0
    return unsafe waitpid(pid, &status, WNOHANG) == pid ? Exit(status) : nil
  }
}

extension ChildProcess.Exit {
  /// From waitpid's status word (wait(2)).
  fileprivate init(_ status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
  }
}

/// A user of this machine with its groups.
public struct SystemUser: Sendable {
  public let name: String
  public let uid: UInt32
  public let gid: UInt32
  public let groups: [UInt32]

  /// Looks a user up by name.
  public init?(named name: String) {
    guard let entry = unsafe getpwnam(name) else { return nil }
    self.name = name
    uid = unsafe entry.pointee.pw_uid
    gid = unsafe entry.pointee.pw_gid
    var groups = [gid_t](repeating: 0, count: 128)
    var count: Int32 = 128
    unsafe getgrouplist(name, gid, &groups, &count)
    self.groups = Array(groups.prefix(Int(count)))
  }

  /// Whether this process runs as root and may therefore become another user.
  public static var mayChange: Bool { geteuid() == 0 }
}

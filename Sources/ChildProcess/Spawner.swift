// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSpawn
import EventLoop
import Glibc
import Synchronization

/// Forks on one thread that never ends, because PR_SET_PDEATHSIG fires when the thread that forked ends.
final class Spawner: Sendable {
  static let shared = Spawner()
  private let group = LoopGroup(count: 1, name: "spawner")

  func spawn(_ plan: ChildPlan) throws -> Int32 {
    let answer = Answer()
    group.loops[0].execute { answer.fill(Spawner.fork(plan)) }
    let pid = answer.take()
    if pid < 0 { throw SpawnFailure(path: plan.path, code: -pid) }
    return pid
  }

  private static func fork(_ plan: ChildPlan) -> Int32 {
    let arguments = CStrings([plan.path] + plan.arguments)
    let environment = CStrings(plan.environment.map { "\($0.key)=\($0.value)" }.sorted())
    let groups = plan.user?.groups ?? []
    return unsafe plan.path.withCString { path in
      unsafe withOptionalCString(plan.directory) { directory in
        unsafe groups.withUnsafeBufferPointer { groups in
          unsafe arguments.withPointer { arguments in
            unsafe environment.withPointer { environment in
              var request = unsafe cspawn_plan()
              unsafe request.path = path
              unsafe request.arguments = arguments
              unsafe request.environment = environment
              unsafe request.directory = directory
              unsafe request.input = plan.input ?? -1
              unsafe request.output = plan.output ?? -1
              unsafe request.error = plan.error ?? -1
              unsafe request.changes_user = plan.user == nil ? 0 : 1
              unsafe request.user = plan.user?.uid ?? 0
              unsafe request.group = plan.user?.gid ?? 0
              unsafe request.groups = groups.baseAddress
              unsafe request.group_count = Int32(groups.count)
              unsafe request.death_signal = plan.deathSignal
              unsafe request.memory_bytes_max = plan.memoryBytesMax
              unsafe request.cpu_seconds_max = plan.cpuSecondsMax
              unsafe request.file_bytes_max = plan.fileBytesMax
              unsafe request.open_files_max = plan.openFilesMax
              unsafe request.no_new_privileges = plan.mayGainPrivileges ? 0 : 1
              return unsafe cspawn(&request)
            }
          }
        }
      }
    }
  }
}

private func withOptionalCString<Result>(
  _ string: String?, _ body: (UnsafePointer<CChar>?) -> Result
) -> Result {
  guard let string else { return body(nil) }
  return unsafe string.withCString { unsafe body($0) }
}

/// One answer handed from the forking thread to the thread that waits for it.
private final class Answer: Sendable {
  private let pid = Mutex<Int32?>(nil)
  private let semaphore = Semaphore()

  func fill(_ pid: Int32) {
    self.pid.withLock { $0 = pid }
    semaphore.signal()
  }

  func take() -> Int32 {
    semaphore.wait()
    return pid.withLock { $0 ?? -EINVAL }
  }
}

@safe
private final class Semaphore: @unchecked Sendable {
  // Unchecked because sem_t is made for use from several threads.
  private let pointer = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  init() { unsafe sem_init(pointer, 0, 0) }
  deinit {
    unsafe sem_destroy(pointer)
    unsafe pointer.deallocate()
  }
  func signal() { unsafe sem_post(pointer) }
  func wait() { while unsafe sem_wait(pointer) != 0 && errno == EINTR {} }
}

/// A null-terminated array of C strings, freed with its owner.
@safe
private final class CStrings {
  private var pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [String]) {
    unsafe pointers = strings.map { unsafe strdup($0) } + ([nil] as [UnsafeMutablePointer<CChar>?])
  }

  deinit { unsafe pointers.forEach { unsafe free($0) } }

  func withPointer<Result>(_ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result) -> Result {
    unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
  }
}

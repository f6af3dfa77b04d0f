// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Synchronization

/// Where calls wait that were refused for want of a proof. The first one has the person asked; those that are refused
/// meanwhile wait for the same answer.
final class ProofGate: Sendable {
  private struct State {
    var ask: (@Sendable (ProofDemand) -> Void)?
    var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    var nextNumber = 0
    var isOpen = false
  }

  private let state = Mutex(State())

  /// How the person is asked. Without it every call is refused as it came.
  func onDemand(_ ask: @escaping @Sendable (ProofDemand) -> Void) { state.withLock { $0.ask = ask } }

  /// How many calls wait.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Waits until the person has given the proof, or will not.
  func pass(_ demand: ProofDemand) async -> Bool {
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        switch enter(number, continuation) {
        case .refused: continuation.resume(returning: false)
        case .waits: break
        case .asks(let ask): ask(demand)
        }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: false)
    }
  }

  private enum Entry {
    case refused, waits
    /// It is the first and has the person asked.
    case asks(@Sendable (ProofDemand) -> Void)
  }

  private func enter(_ number: Int, _ continuation: CheckedContinuation<Bool, Never>) -> Entry {
    state.withLock { state in
      guard let ask = state.ask, !Task.isCancelled else { return .refused }
      state.waiting[number] = continuation
      defer { state.isOpen = true }
      return state.isOpen ? .waits : .asks(ask)
    }
  }

  /// Lets all that wait go on, or fail as they were refused.
  func settle(_ isProven: Bool) {
    let waiting = state.withLock { state in
      defer { state.waiting = [:] }
      state.isOpen = false
      return state.waiting.values
    }
    for continuation in waiting { continuation.resume(returning: isProven) }
  }
}

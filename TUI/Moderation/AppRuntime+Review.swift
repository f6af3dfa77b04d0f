// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension AppRuntime {
  /// Asks at once; a second call about the same thing takes the place of the first.
  func perform(_ call: ReviewCall, _ desk: Desk, _ runner: EffectRunner<Message>) {
    run(runner, call.key) { send in
      do throws(ClientFailure) { send(.reviewed(call, .success(try await desk.client.review(call)))) } catch {
        send(.reviewed(call, .failure(error)))
      }
    }
  }
}

extension ReviewCall {
  fileprivate var key: String {
    switch self {
    case .claim(let id, _), .release(let id, _), .approve(let id, _), .reject(let id, _, _): "review-\(id)"
    case .approveAll: "review-all"
    case .submitShop(let slug, _), .withdrawShop(let slug, _): "review-\(slug)"
    case .withdrawProposal(let id): "review-\(id)"
    }
  }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import Market
import Terminal

extension AppRuntime {
  /// How long looks are gathered before the server is told of them.
  private static let gathering = Duration.seconds(20)

  /// Carries out what is wanted of wishes and looks.
  func perform(_ effect: WishEffect, _ desk: Desk, _ runner: EffectRunner<Message>) {
    let wishes = WishRuntime(desk: desk)
    switch effect {
    case .learn:
      run(runner, "wishes") { send in
        do {
          let join = try await wishes.join()
          if join.words != nil { send(.wishes(.joined(join))) }
          send(.wishes(.known(try await wishes.known())))
          try await wishes.report()
        } catch is ClientFailure {
          // The hearts are shown when the server answers again; the list itself says what is wrong.
        } catch { send(.failed("Your wishes on this computer cannot be read: \(error)")) }
      }
    case .set(let target, let isOn):
      run(runner, "wish-\(target.product)") { send in
        send(.wishes(.set(target, isOn: isOn, trouble: await wishes.set(target, isOn: isOn))))
      }
    case .editList(let patch, let version):
      run(runner, "wishlist-\(patch.wishlist)") { send in
        send(.wishes(await wishes.edit(patch, version: version)))
      }
    case .readShelf:
      run(runner, "shelf") { send in
        do {
          send(.wishes(.shelf(try desk.shelf.wishes(), try desk.shelf.looks())))
          try await wishes.refreshShelf()
          send(.wishes(.shelf(try desk.shelf.wishes(), try desk.shelf.looks())))
        } catch { send(.failed("Your wishes on this computer cannot be read: \(error)")) }
      }
    case .seen(let card):
      do { try wishes.note(card) } catch {
        return run(runner, "looks") { send in send(.failed("This look could not be kept: \(error)")) }
      }
      // Each look begins the wait anew; what was not told by the end is told at the next start.
      if desk.session != nil {
        run(runner, "looks") { _ in
          do {
            try await desk.loop.sleep(for: AppRuntime.gathering)
            try await wishes.report()
          } catch {
            // Kept in the file, and told with the next ones.
          }
        }
      }
    case .forgetSeen:
      run(runner, "looks") { send in send(.wishes(.forgotten(trouble: await wishes.forgetSeen()))) }
    }
  }
}

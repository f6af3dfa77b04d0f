// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import Terminal

/// Starts the gallery on the terminal and says how it ended by the exit code.
enum Demo {
  static func main() {
    let runner = ProgramRunner(Gallery(), loop: EventLoop(name: "screen")) { effect, effects in
      switch effect {
      case .count:
        effects.run(key: "count") { send in
          for step in 1...20 {
            do { try await effects.loop.sleep(for: .milliseconds(100)) } catch { return }
            send(.progress(step * 5))
          }
        }
      }
    }
    do {
      exit(try runner.run().exitCode)
    } catch {
      print("terminal-demo: \(error)")
      exit(2)
    }
  }
}

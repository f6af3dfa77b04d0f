// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LoopBoundTests {
  @Test func `a bound value opens on its loop's thread`() async {
    let group = LoopGroup(count: 1)
    let loop = group.loops[0]
    let bound = await Task(executorPreference: loop) { LoopBound(7, to: loop) }.value
    #expect(await Task(executorPreference: loop) { bound.value }.value == 7)
    group.shutDown()
  }

  @Test func `binding a value on another thread stops the program and names the loop`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LoopBound(7, to: EventLoop(name: "harbour"))
    }
    #expect(said(result).contains("thread of loop harbour"))
  }

  @Test func `opening a bound value on another thread stops the program and names the loop`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let group = LoopGroup(count: 1, name: "harbour")
      let loop = group.loops[0]
      let bound = await Task(executorPreference: loop) { LoopBound(7, to: loop) }.value
      _ = bound.value
    }
    #expect(said(result).contains("thread of loop harbour-0"))
  }

  private func said(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }
}

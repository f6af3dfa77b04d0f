// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// What a server has counted since it started; the open and running figures are of now.
public struct HTTPServerStatistics: Sendable, Equatable {
  public var connectionsAccepted = 0
  public var connectionsOpen = 0
  public var connectionsRefused = 0
  /// Over, while their clients may still be sending.
  public var connectionsLingering = 0
  public var requests = 0
  public var requestsRunning = 0
  public var deadlinesMissed = 0
  public var clientsGone = 0
  public var slowClientsCut = 0
  public var bodyBytesReceived = 0
  public var bodyBytesQueued = 0
}

/// The counters of one loop: written by its thread only, read by any.
final class LoopCounters: Sendable {
  let connectionsAccepted = Counter()
  let connectionsOpen = Counter()
  let connectionsRefused = Counter()
  let connectionsLingering = Counter()
  let requests = Counter()
  let requestsRunning = Counter()
  let deadlinesMissed = Counter()
  let clientsGone = Counter()
  let slowClientsCut = Counter()
  let bodyBytesReceived = Counter()
  let bodyBytesQueued = Counter()

  func add(to sum: inout HTTPServerStatistics) {
    sum.connectionsAccepted += connectionsAccepted.value
    sum.connectionsOpen += connectionsOpen.value
    sum.connectionsRefused += connectionsRefused.value
    sum.connectionsLingering += connectionsLingering.value
    sum.requests += requests.value
    sum.requestsRunning += requestsRunning.value
    sum.deadlinesMissed += deadlinesMissed.value
    sum.clientsGone += clientsGone.value
    sum.slowClientsCut += slowClientsCut.value
    sum.bodyBytesReceived += bodyBytesReceived.value
    sum.bodyBytesQueued += bodyBytesQueued.value
  }
}

/// A number with one writer: a plain load and store, no locked instruction.
final class Counter: Sendable {
  private let number = Atomic<Int>(0)
  var value: Int { number.load(ordering: .relaxed) }
  func add(_ amount: Int = 1) { number.store(value &+ amount, ordering: .relaxed) }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// One event of a `text/event-stream`.
public struct ServerSentEvent: Sendable, Equatable {
  /// The last id the server has given, which may be from an earlier event.
  public var id: String
  /// The event's name; "message" unless the server says otherwise.
  public var event: String
  public var data: String

  public init(id: String = "", event: String = "message", data: String) {
    self.id = id
    self.event = event
    self.data = data
  }
}

/// Turns the bytes of an event stream into events, wherever the bytes are cut (WHATWG HTML §9.2.6).
public struct ServerSentEventParser: Sendable {
  /// Kept over reconnections by whoever makes a new parser.
  public private(set) var lastEventID: String
  /// What the server asked for, in milliseconds.
  public private(set) var retryMilliseconds: Int?
  private let eventBytesMax: Int

  private var line: [UInt8] = []
  private var isAfterCarriageReturn = false
  private var isFirstLine = true
  private var id: String
  private var event = ""
  private var data: [UInt8] = []
  private var hasData = false

  public init(lastEventID: String = "", eventBytesMax: Int = 1 << 20) {
    self.lastEventID = lastEventID
    id = lastEventID
    self.eventBytesMax = eventBytesMax
  }

  /// Takes the next bytes; returns the events they complete. Throws when an event grows beyond its limit.
  public mutating func parse(_ bytes: some Sequence<UInt8>) throws -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    for byte in bytes {
      let isSecondOfPair = isAfterCarriageReturn && byte == 0x0a
      isAfterCarriageReturn = byte == 0x0d
      if isSecondOfPair { continue }
      if byte == 0x0d || byte == 0x0a {
        if let event = endLine() { events.append(event) }
      } else {
        line.append(byte)
        if line.count + data.count > eventBytesMax {
          throw HTTPClientError(.tooLarge, "an event has more than \(eventBytesMax) bytes")
        }
      }
    }
    return events
  }

  private mutating func endLine() -> ServerSentEvent? {
    defer { line.removeAll(keepingCapacity: true) }
    if isFirstLine {
      isFirstLine = false
      if line.starts(with: [0xef, 0xbb, 0xbf]) { line.removeFirst(3) }  // a byte order mark
    }
    if line.isEmpty { return dispatch() }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[min(colon + 1, line.endIndex)...]
    if value.first == 0x20 { value.removeFirst() }
    takeField(String(decoding: line[..<colon], as: UTF8.self), value)
    return nil
  }

  private mutating func takeField(_ name: String, _ value: ArraySlice<UInt8>) {
    switch name {
    case "data":
      if hasData { data.append(0x0a) }
      data += value
      hasData = true
    case "event": event = String(decoding: value, as: UTF8.self)
    case "id": if !value.contains(0) { id = String(decoding: value, as: UTF8.self) }
    case "retry":
      if !value.isEmpty, value.allSatisfy({ 0x30...0x39 ~= $0 }) {
        retryMilliseconds = Int(String(decoding: value, as: UTF8.self)) ?? retryMilliseconds
      }
    default: return  // comments have no name; unknown names are ignored
    }
  }

  private mutating func dispatch() -> ServerSentEvent? {
    defer {
      data.removeAll(keepingCapacity: true)
      hasData = false
      event = ""
    }
    lastEventID = id
    guard hasData else { return nil }
    return ServerSentEvent(
      id: id, event: event.isEmpty ? "message" : event, data: String(decoding: data, as: UTF8.self))
  }
}

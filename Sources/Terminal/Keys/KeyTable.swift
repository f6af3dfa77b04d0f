// SPDX-License-Identifier: GPL-3.0-or-later

/// Something a person can do on a screen: its keys, its words, and whether it can be done now.
public struct Action<ID: Hashable & Sendable>: Sendable, Equatable {
  /// Whether an action can be done now, and if not, why.
  public enum Availability: Sendable, Equatable {
    case enabled
    case disabled(reason: String)
    /// Not part of this screen at all.
    case hidden
  }

  public var id: ID
  /// A name that does not change with the words: for the settings file.
  public var name: String
  public var keys: [Key]
  /// What it does, for help and palette: "Mark this row".
  public var title: String
  /// One word for the hint line; none keeps it out.
  public var hint: String?
  public var group: String
  public var availability: Availability

  public init(
    _ id: ID, name: String, keys: [Key], title: String, hint: String? = nil, group: String = "",
    availability: Availability = .enabled
  ) {
    self.id = id
    self.name = name
    self.keys = keys
    self.title = title
    self.hint = hint
    self.group = group
    self.availability = availability
  }
}

/// The actions of a screen: the one table that dispatches keys and prints hint line, help and palette.
public struct KeyTable<ID: Hashable & Sendable>: Sendable, Equatable {
  public private(set) var actions: [Action<ID>]

  public init(_ actions: [Action<ID>]) {
    self.actions = actions
  }

  /// What a key means here.
  public enum Match: Sendable, Equatable {
    case action(ID)
    case refused(reason: String)
    case none
  }

  public func match(_ key: Key) -> Match {
    let sought = key.withoutTextShift
    for action in actions where action.keys.contains(sought) {
      switch action.availability {
      case .enabled: return .action(action.id)
      case .disabled(let reason): return .refused(reason: reason)
      case .hidden: continue
      }
    }
    return .none
  }

  public subscript(id: ID) -> Action<ID>? { actions.first { $0.id == id } }

  /// The actions of this screen and of what surrounds it; where both use a key, this screen's wins.
  public func over(_ outer: KeyTable<ID>) -> KeyTable<ID> {
    let taken = Set(actions.filter { $0.availability != .hidden }.flatMap(\.keys))
    let rest = outer.actions.map { action -> Action<ID> in
      var copy = action
      copy.keys.removeAll { taken.contains($0) }
      return copy
    }
    return KeyTable(actions + rest)
  }

  // MARK: Rebinding

  /// Tables, the nearest first, with a person's own keys by the names of actions. A key of the person's own is taken away
  /// from the action of these tables that had it.
  public static func with(_ keys: [String: [Key]], _ tables: [KeyTable]) -> [KeyTable] {
    if keys.isEmpty { return tables }
    let own = Set(tables.flatMap(\.actions).flatMap { keys[$0.name] ?? [] })
    return tables.map { table in
      KeyTable(
        table.actions.map { action in
          var copy = action
          copy.keys = keys[action.name] ?? action.keys.filter { !own.contains($0) }
          return copy
        })
    }
  }

  /// Something wrong with a person's own keys.
  public enum Conflict: Hashable, Sendable, CustomStringConvertible {
    case unknownAction(String)
    case unknownKey(String, action: String)
    case usedTwice(Key, by: [String])

    public var description: String {
      switch self {
      case .unknownAction(let name): "there is no action \"\(name)\""
      case .unknownKey(let spelling, let action): "\"\(spelling)\" for \(action) is no key a terminal can send"
      case .usedTwice(let key, let names): "\(key) is used by \(names.joined(separator: " and "))"
      }
    }
  }

  /// The table with a person's own keys (action name to spellings), and what is wrong with them. An action whose
  /// keys are all unusable keeps its own.
  public func rebound(_ keys: [String: [String]]) -> (table: KeyTable, conflicts: [Conflict]) {
    var table = self
    var conflicts: [Conflict] = []
    for name in keys.keys.sorted() {
      guard let index = actions.firstIndex(where: { $0.name == name }) else {
        conflicts.append(.unknownAction(name))
        continue
      }
      var parsed: [Key] = []
      for spelling in keys[name] ?? [] {
        if let key = Key(spelling: spelling) {
          parsed.append(key)
        } else {
          conflicts.append(.unknownKey(spelling, action: name))
        }
      }
      if !parsed.isEmpty || (keys[name] ?? []).isEmpty { table.actions[index].keys = parsed }
    }
    return (table, conflicts + table.duplicates)
  }

  /// Keys that more than one action of this table claims.
  public var duplicates: [Conflict] {
    var users: [Key: [String]] = [:]
    var order: [Key] = []
    for action in actions where action.availability != .hidden {
      for key in action.keys {
        if users[key] == nil { order.append(key) }
        users[key, default: []].append(action.name)
      }
    }
    return order.compactMap { key in
      guard let names = users[key], names.count > 1 else { return nil }
      return .usedTwice(key, by: names)
    }
  }

  // MARK: Help

  /// A line of the help page or of the palette.
  public struct Entry: Sendable, Equatable {
    public var id: ID
    public var title: String
    public var keys: String
    public var group: String
    /// Why it cannot be done now.
    public var reason: String?
  }

  /// All actions of the screen in the table's order, those that cannot be done now with their reason.
  public var entries: [Entry] {
    actions.compactMap { action in
      var reason: String?
      switch action.availability {
      case .hidden: return nil
      case .disabled(let why): reason = why
      case .enabled: break
      }
      let keys = action.keys.map(\.description).joined(separator: " ")
      return Entry(id: action.id, title: action.title, keys: keys, group: action.group, reason: reason)
    }
  }

  /// The entries that answer a search, best first; recently used ones come first among equals.
  public func search(_ query: String, recent: [ID] = []) -> [Entry] {
    let scored = entries.enumerated().compactMap { offset, entry -> (score: Int, offset: Int, entry: Entry)? in
      guard let score = Fuzzy.score(query, in: entry.title) ?? Fuzzy.score(query, in: entry.group + " " + entry.title)
      else { return nil }
      let used = recent.firstIndex(of: entry.id).map { max(0, 20 - $0) } ?? 0
      return (score + used, offset, entry)
    }
    return scored.sorted { ($0.score, -$0.offset) > ($1.score, -$1.offset) }.map(\.entry)
  }
}

extension Key {
  /// Text keys carry their shift in the character already.
  var withoutTextShift: Key {
    if case .character = code { return Key(code, modifiers.subtracting(.shift)) }
    return self
  }
}

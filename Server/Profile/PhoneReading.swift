// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import PhoneNumbers

/// Reads the phone numbers that people type into fields.
enum PhoneReading {
  /// The number in E.164. Without a calling code it is one of `home`. What is none throws `InvalidInput`.
  static func read(_ typed: String?, at pointer: String, home: Country?) throws -> String? {
    guard let typed else { return nil }
    do { return try PhoneNumber(typed: typed, home: home?.code).e164 } catch let fault as PhoneNumberFault {
      throw InvalidInput([FieldError(pointer, fault.rawValue, complaint(fault, try example(home)))])
    }
  }

  /// A number of the country, or one in international form where there is no country to speak of.
  private static func example(_ home: Country?) throws -> String {
    guard let home, let national = try PhoneNumber.example(in: home.code) else { return "+351 912 345 678" }
    return national
  }

  private static func complaint(_ fault: PhoneNumberFault, _ example: String) -> String {
    switch fault {
    case .notANumber: "This is no phone number. Use one such as \(example)."
    case .noCountry: "Begin with + and the country's calling code, as in +351 912 345 678."
    case .tooShort: "This number is too short. Use one such as \(example)."
    case .tooLong: "This number is too long. Use one such as \(example)."
    case .noAreaCode: "The area code is missing. Use a number such as \(example)."
    case .hasExtension: "Leave the extension out: couriers and text messages cannot use it."
    case .unassigned: "No such number is in use there. Check it against \(example)."
    }
  }
}

// SPDX-License-Identifier: GPL-3.0-or-later

/// An ISO 4217 currency and how many decimals its minor unit has.
public struct Currency: Sendable, Hashable, CustomStringConvertible {
  public let code: String
  public let decimals: Int

  public init?(_ code: String) {
    guard let decimals = Currency.table[code] else { return nil }
    self.code = code
    self.decimals = decimals
  }

  public var description: String { code }

  public static let eur = known("EUR")
  public static let usd = known("USD")
  public static let gbp = known("GBP")
  public static let jpy = known("JPY")

  public static let codes: [String] = table.keys.sorted()

  private static func known(_ code: String) -> Currency {
    guard let currency = Currency(code) else { preconditionFailure("\(code) is in the table") }
    return currency
  }

  // Active codes of ISO 4217 by the decimals of their minor unit; funds and metals left out.
  private static let table: [String: Int] = {
    let byDecimals: [(Int, String)] = [
      (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
      (3, "BHD IQD JOD KWD LYD OMR TND"),
      (
        2,
        """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY \
        COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS \
        INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR \
        MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD \
        SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW
        """
      ),
    ]
    var table: [String: Int] = [:]
    for (decimals, codes) in byDecimals {
      for code in codes.split(separator: " ") { table[String(code)] = decimals }
    }
    return table
  }()
}

extension Currency: WireValue {
  public static var schema: Schema { .string(.init(choices: codes)) }
  public static var example: Currency { eur }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let currency = Currency(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "This is not an ISO 4217 code such as EUR.")
    }
    self = currency
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(code)
  }
}

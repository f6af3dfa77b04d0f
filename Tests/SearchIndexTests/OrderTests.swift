// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Testing

@testable import SearchIndex

@Suite struct OrderTests {
  @Test(arguments: 1...8)
  func `buckets follow the numbers, and ranges of buckets hold what the range holds`(seed: Int) throws {
    var random = Random(seed)
    let sample = (0..<[0, 1, 10, 5000][seed % 4]).map { _ in
      random.chance(30) ? 500 : Int64(random.skewed(100_000)) - Int64(random.below(1000))
    }
    let scale = NumberScale(sample: sample)
    #expect(try NumberScale(packed: scale.packed) == scale)
    #expect(zip(scale.bounds, scale.bounds.dropFirst()).allSatisfy { $0 < $1 })
    let numbers = (sample + [.min, .max, 0, 499, 500, 501]).sorted()
    let buckets = numbers.map(scale.bucket)
    #expect(buckets == buckets.sorted() && buckets.last! < scale.bucketCount)
    for (number, bucket) in zip(numbers, buckets) where scale.isSingle(bucket) {
      #expect(numbers.allSatisfy { $0 == number || scale.bucket(of: $0) != bucket })
    }
    // A value that a third have is alone in its bucket, and no bucket of many values has more than its share.
    if sample.count == 5000 {
      #expect(scale.isSingle(scale.bucket(of: 500)))
      let share = sample.count / NumberScale.bucketsMax
      for bucket in 0..<scale.bucketCount where !scale.isSingle(bucket) {
        #expect(sample.count { scale.bucket(of: $0) == bucket } <= 2 * share + 2)
      }
    }
  }

  @Test func `the cover of a range is the range, in few terms`() {
    for low in stride(from: 0, through: 100, by: 7) {
      for high in stride(from: low, through: 130, by: 5) {
        let cover = NumberScale.cover(low...high)
        let covered = cover.coarse.flatMap { Array($0 * 16..<$0 * 16 + 16) } + cover.fine
        #expect(covered.sorted() == Array(low...high))
        #expect(cover.fine.count <= 30)
      }
    }
  }

  @Test func `weights find their place between the entries`() throws {
    let entries = [(900, 1000), (500, 2000), (500, 3000), (100, 4000), (0, 5000), (0, 6000)]
      .map { RankTable.Entry(weight: $0.0, docid: UInt32($0.1)) }
    let table = RankTable(entries: entries)
    #expect(try RankTable(packed: table.packed) == table)
    #expect(table.docids(for: 1000) == 2...1000)
    #expect(table.docids(for: 700) == 1000...2000)
    #expect(table.docids(for: 500) == 1000...4000)
    #expect(table.docids(for: 50) == 4000...5000)
    #expect(table.docids(for: 0)?.lowerBound == 4000)
    #expect(table.docids(for: -1)?.lowerBound == 6000)
    #expect(RankTable().docids(for: 3) == nil)
    for weight in [1000, 700, 500, 50, 0, -1] as [Int64] {
      for spread in [0, 1, 77, UInt64.max] {
        #expect(table.docids(for: weight)!.contains(table.place(for: weight, spread: spread)))
      }
    }
    let long = RankTable(entries: (0..<100_000).map { .init(weight: Int64(-$0), docid: UInt32($0 + 1)) })
    #expect(long.entries.count <= RankTable.entriesMax + 1 && long.entries.last?.docid == 100_000)
  }

  @Test func `docids that are taken are passed by`() {
    var map = DocidMap([1, 2, 3, 64, 65, 200])
    #expect(map.free(from: 0) == 4 && map.free(from: 64) == 66 && map.free(from: 1000) == 1000)
    map.insert(5000)
    map.remove(2)
    #expect(map.contains(5000) && !map.contains(2) && map.free(from: 1) == 2 && map.free(from: 5000) == 5001)
  }

  @Test(arguments: 1...200)
  func `a place within a circle lies in its cells`(seed: Int) throws {
    var random = Random(seed)
    let middle = SmallWorld.place(&random)
    let metres = 100 << random.below(13)
    guard let cells = Cells.terms(around: middle, metres: metres) else { return }
    #expect(cells.count <= 32 && Set(cells).count == cells.count)
    let degrees = Double(metres) / 111_195
    for _ in 0..<50 {
      let latitude = middle.latitude + Double.random(in: -degrees...degrees, using: &random)
      var longitude = middle.longitude + Double.random(in: -3 * degrees...3 * degrees, using: &random)
      if longitude > 180 { longitude -= 360 }
      if longitude < -180 { longitude += 360 }
      guard let other = Place(latitude: latitude, longitude: longitude) else { continue }
      if Self.distance(middle, other) <= Double(metres) {
        #expect(!Set(cells).isDisjoint(with: Cells.terms(of: other)), "\(middle) \(other) \(metres)")
      }
    }
  }

  private static func distance(_ one: Place, _ other: Place) -> Double {
    func vector(_ place: Place) -> [Double] {
      let (a, b) = (place.latitude * .pi / 180, place.longitude * .pi / 180)
      return [cos(a) * cos(b), cos(a) * sin(b), sin(a)]
    }
    let chord = zip(vector(one), vector(other)).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    return 2 * 6_371_008.8 * asin(min(1, chord / 2))
  }

  @Test func `cursors survive their bytes, and other bytes are no cursor or a harmless one`() {
    for cursor in [
      Cursor(tier: 2, docid: 77, number: nil, generation: 3, id: "a", text: nil),
      Cursor(tier: 0, docid: .max, number: -5, generation: 1, id: "", text: ""),
      Cursor(tier: 0, docid: 1, number: .max, generation: 1, id: "日本", text: "ring OR bowl"),
    ] { #expect(Cursor(bytes: cursor.bytes) == cursor) }
    #expect(Cursor(bytes: []) == nil)
    #expect(Cursor(bytes: [1, 2, 3]) == nil)
  }
}

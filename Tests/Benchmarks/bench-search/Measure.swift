// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import SearchIndex
import Synchronization
import TestSupport

/// Measures building, searching, counting, completing and changing:
/// `bench-search [--documents 100000] [--queries 200] [--directory PATH] [--build-only]`.
/// An index that is in the directory already is used as it is.
func measure(_ arguments: [String]) throws {
  func value(_ name: String) -> String? {
    arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
  }
  let count = value("--documents").flatMap { Int($0) } ?? 100_000
  let perClass = value("--queries").flatMap { Int($0) } ?? 200
  let folder = try TemporaryFolder()
  let directory = value("--directory") ?? folder.path + "/index"
  let corpus = Corpus(count: count)
  let index = try SearchIndex(directory: directory, schema: Corpus.schema)
  print("\(count) documents, load \(loadAverage())")
  if (try? index.documentCount()) == nil { try build(corpus, index) }
  if arguments.contains("--build-only") { return }
  try searches(corpus, index, perClass: perClass)
  try completions(corpus, index)
  try crowd(corpus, index)
  try changes(corpus, index)
  print("load \(loadAverage())")
}

func loadAverage() -> String { (try? readFile("/proc/loadavg"))?.split(separator: " ").first.map(String.init) ?? "?" }

private func processorSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

private func build(_ corpus: Corpus, _ index: SearchIndex) throws {
  let clock = ContinuousClock()
  let size = IndexBuilder.segmentSize
  let builder = try index.rebuild(sample: (0..<5000).map { corpus.document($0 * max(1, corpus.count / 5000)) })
  let next = Mutex(0)
  let making = Mutex(Duration.zero)
  let start = clock.now
  let startProcessor = processorSeconds()
  onThreads(2) { _ in
    while true {
      let segment = next.withLock { number in
        defer { number += 1 }
        return number
      }
      if segment * size >= corpus.count { return }
      let began = clock.now
      let batch = (segment * size..<min((segment + 1) * size, corpus.count)).map { corpus.document($0) }
      making.withLock { $0 += clock.now - began }
      do { try builder.write(segment: segment, batch) } catch { fatalError("\(error)") }
    }
  }
  let written = clock.now
  let processor = processorSeconds() - startProcessor
  let list = CompletionList(
    (0..<corpus.count).map {
      Completion(text: corpus.goods($0).title.joined(separator: " "), weight: Int64(corpus.count - $0))
    })
  let nextList = Mutex(0)
  onThreads(2) { _ in
    while true {
      let segment = nextList.withLock { number in
        defer { number += 1 }
        return number
      }
      if segment >= list.segmentCount { return }
      do { try builder.write(segment: segment, of: list) } catch { fatalError("\(error)") }
    }
  }
  let completed = clock.now
  try builder.finish()
  let end = clock.now
  let made = making.withLock { $0 } / 2
  func seconds(_ duration: Duration) -> String { "\(Double(Int(duration / .milliseconds(10))) / 100) s" }
  let indexing = (written - start) - made + (end - completed)
  print(
    "built: \(seconds(written - start)) segments (of which \(seconds(made)) making documents), "
      + "\(seconds(completed - written)) completions, \(seconds(end - completed)) joining; "
      + "\(Int(Double(corpus.count) / (indexing / .seconds(1)))) documents/s without making them and completions, "
      + "\(Int(Double(corpus.count) / ((end - start) / .seconds(1)))) documents/s all in all")
  print(
    "processor time of the segments: \(Int(processor * 1e6 / Double(corpus.count))) us a document, making them included"
  )
  print("size: \(try runProgram("/usr/bin/du", ["-sh", index.directory]).split(separator: "\t")[0])")
}

private func searches(_ corpus: Corpus, _ index: SearchIndex, perClass: Int) throws {
  var all = Times()
  var allCounted = Times()
  for kind in corpus.queryMix(perClass: perClass) {
    var pages = Times()
    var counted = Times()
    var found = 0
    for query in kind.queries {
      try pages.measure { found += try index.search(query).hits.count }
    }
    var matches = 0
    for query in kind.queries {
      try counted.measure {
        _ = try index.search(query)
        matches += try index.count(FacetQuery(query, axes: Corpus.axes, valuesMax: 20)).total.value
      }
    }
    all.add(pages)
    allCounted.add(counted)
    let name = kind.name + String(repeating: " ", count: max(0, 38 - kind.name.count))
    print(
      "\(name) page \(pages.summary)   facets \(counted.summary)   hits \(found / perClass) of \(matches / perClass)"
    )
  }
  print("all, first page                        \(all.summary)")
  print("all, with facets                       \(allCounted.summary)")
}

private func completions(_ corpus: Corpus, _ index: SearchIndex) throws {
  var times = Times()
  for prefix in corpus.prefixes(2000) { try times.measure { _ = try index.complete(prefix) } }
  print("as you type                            \(times.summary)")
}

/// Sixteen clients that search without a pause.
private func crowd(_ corpus: Corpus, _ index: SearchIndex) throws {
  let queries = corpus.queryMix(perClass: 40).flatMap(\.queries)
  for (name, isCounted) in [("first page", false), ("with facets", true)] {
    let all = Mutex(Times())
    let clock = ContinuousClock()
    let start = clock.now
    onThreads(16) { number in
      var random = Random(number)
      var times = Times()
      while clock.now - start < .seconds(5) {
        let query = queries[random.below(queries.count)]
        times.measure {
          do {
            _ = try index.search(query)
            if isCounted { _ = try index.count(FacetQuery(query, axes: Corpus.axes, valuesMax: 20)) }
          } catch { fatalError("\(error)") }
        }
      }
      all.withLock { $0.add(times) }
    }
    all.withLock { print("16 clients, \(name): \($0.summary)   \($0.all.count / 5) searches/s") }
  }
}

private func changes(_ corpus: Corpus, _ index: SearchIndex) throws {
  let clock = ContinuousClock()
  let opening = ContinuousClock().now
  let writer = try index.writer()
  print("the writer opens in \(Int((clock.now - opening) / .milliseconds(1))) ms")
  var random = Random(3)
  for batch in [1, 20, 200] {
    var puts = Times()
    var commits = Times()
    for _ in 0..<20 {
      for _ in 0..<batch {
        var document = corpus.document(random.below(corpus.count))
        document.numbers["price"] = Int64(random.below(10_000))
        puts.add(try clock.measure { try writer.put(document) })
      }
      commits.add(try clock.measure { try writer.commit() })
    }
    print("change \(batch): put \(puts.summary)   commit \(commits.summary)")
  }
  var visible = Times()
  for turn in 0..<10 {
    let started = clock.now
    try writer.put(IndexDocument(id: "new\(turn)", weight: 0, texts: ["title": "zzzyx\(turn)"]))
    try writer.commit()
    let query = SearchQuery(text: "zzzyx\(turn)", mayChangeWords: false)
    while try index.search(query).hits.isEmpty { usleep(1000) }
    visible.add(clock.now - started)
  }
  for turn in 0..<10 { try writer.remove(id: "new\(turn)") }
  try writer.commit()
  print("put, committed and found               \(visible.summary)")
}

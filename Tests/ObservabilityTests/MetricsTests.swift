// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Observability
import Testing

@Suite(.timeLimit(.minutes(1)))
struct MetricsTests {
  @Test func `all kinds are rendered as Prometheus reads them`() {
    let metrics = Metrics()
    let requests = metrics.counter("http_requests_total", help: "Requests\nby \\ path.", labels: ["path", "code"])
    requests["/a\"b\\c\nd", "200"].add(3)
    requests["/", "404"].add()
    let open = metrics.gauge("open_connections", help: "Open.")
    open[].set(2)
    open[].add(-0.5)
    let latency = metrics.histogram("latency_seconds", help: "Time \"quoted\".", labels: ["route"], bounds: [0.1, 1])
    for seconds in [0.05, 0.1, 0.5, 2] { latency["x"].observe(seconds) }
    latency["x"].observe(.nan)
    metrics.gauge("asked", help: "Asked.") { .infinity }
    let size = metrics.histogram("size", help: "Size.", bounds: [1])
    size[].observe(.seconds(1))
    #expect(
      metrics.rendered() == #"""
        # HELP http_requests_total Requests\nby \\ path.
        # TYPE http_requests_total counter
        http_requests_total{path="/",code="404"} 1
        http_requests_total{path="/a\"b\\c\nd",code="200"} 3
        # HELP open_connections Open.
        # TYPE open_connections gauge
        open_connections 1.5
        # HELP latency_seconds Time "quoted".
        # TYPE latency_seconds histogram
        latency_seconds_bucket{route="x",le="0.1"} 2
        latency_seconds_bucket{route="x",le="1"} 3
        latency_seconds_bucket{route="x",le="+Inf"} 4
        latency_seconds_sum{route="x"} 2.65
        latency_seconds_count{route="x"} 4
        # HELP asked Asked.
        # TYPE asked gauge
        asked +Inf
        # HELP size Size.
        # TYPE size histogram
        size_bucket{le="1"} 1
        size_bucket{le="+Inf"} 1
        size_sum 1
        size_count 1

        """#)
  }

  @Test func `series beyond the limit share one`() {
    let metrics = Metrics()
    let set = metrics.counter("c", help: "C.", labels: ["who"], seriesMax: 2)
    for i in 0..<100 { set["\(i)"].add() }
    #expect(set["0"].value == 1)
    #expect(set["other"].value == 98)
    #expect(metrics.rendered().split(separator: "\n").count == 5)
  }

  @Test func `counts of many threads add up exactly`() async {
    let metrics = Metrics()
    let counter = metrics.counter("c", help: "C.")[]
    let gauge = metrics.gauge("g", help: "G.")[]
    let histogram = metrics.histogram("h", help: "H.", labels: ["l"], bounds: [1, 2])
    await withTaskGroup { group in
      for task in 0..<8 {
        group.addTask {
          for i in 0..<10_000 {
            counter.add()
            gauge.add(1)
            histogram["\(i % 2)"].observe(Double((task + i) % 3))
          }
        }
      }
    }
    #expect(counter.value == 80_000)
    #expect(gauge.value == 80_000)
    let text = metrics.rendered()
    #expect(text.contains("h_count{l=\"0\"} 40000\n"))
    #expect(text.contains("h_bucket{l=\"1\",le=\"+Inf\"} 40000\n"))
  }
}

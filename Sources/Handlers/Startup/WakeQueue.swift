/// Times, each for one process, the earliest first: a binary heap.
struct WakeQueue<Process> {
    /// A time, and the process that it is for.
    struct Entry {
        let time: ContinuousClock.Instant
        let process: Process
    }

    private var entries: [Entry] = []

    /// The earliest.
    var first: Entry? { entries.first }

    /// How many there are.
    var count: Int { entries.count }

    /// Adds an entry.
    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var position = entries.count - 1
        while position > 0, entries[position].time < entries[(position - 1) / 2].time {
            entries.swapAt(position, (position - 1) / 2)
            position = (position - 1) / 2
        }
    }

    /// Removes the earliest, if there is one.
    mutating func removeFirst() {
        guard let last = entries.popLast(), !entries.isEmpty else {
            return
        }
        entries[0] = last
        var position = 0
        while true {
            var smallest = position
            for child in [2 * position + 1, 2 * position + 2] where child < entries.count {
                if entries[child].time < entries[smallest].time {
                    smallest = child
                }
            }
            guard smallest != position else {
                return
            }
            entries.swapAt(position, smallest)
            position = smallest
        }
    }
}

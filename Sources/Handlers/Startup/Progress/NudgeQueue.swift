/// Moments at which supervisord may have to be woken, the earliest first: a binary heap.
struct NudgeQueue {
    /// A moment, and the process that it is about.
    struct Entry {
        let time: ContinuousClock.Instant
        let process: Int
    }

    private var entries: [Entry] = []

    /// The earliest.
    var first: Entry? { entries.first }

    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var place = entries.count - 1
        while place > 0, entries[place].time < entries[(place - 1) / 2].time {
            entries.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func removeFirst() {
        guard let last = entries.popLast(), !entries.isEmpty else {
            return
        }
        entries[0] = last
        var place = 0
        while true {
            var smallest = place
            for child in [2 * place + 1, 2 * place + 2] where child < entries.count {
                if entries[child].time < entries[smallest].time {
                    smallest = child
                }
            }
            guard smallest != place else {
                return
            }
            entries.swapAt(place, smallest)
            place = smallest
        }
    }
}

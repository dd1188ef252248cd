/// A first-in, first-out queue.
struct Queue<Element> {
    private var elements: [Element?] = []
    private var head = 0

    /// The number of elements.
    var count: Int { elements.count - head }

    /// Whether there is no element.
    var isEmpty: Bool { head == elements.count }

    /// Adds an element at the end.
    mutating func append(_ element: Element) {
        elements.append(element)
    }

    /// Adds an element at the front.
    mutating func prepend(_ element: Element) {
        if head > 0 {
            head -= 1
            elements[head] = element
        } else {
            elements.insert(element, at: 0)
        }
    }

    /// Removes and returns the first element; nil if there is none.
    mutating func popFirst() -> Element? {
        guard head < elements.count else {
            return nil
        }
        if head == 0, elements.count == 1 {
            // A queue is empty most of the time, and to remove a range costs more.
            return elements.removeLast()
        }
        let element = elements[head].take()
        head += 1
        if head == elements.count {
            elements.removeAll(keepingCapacity: head <= 64)
            head = 0
        } else if head >= 64, head >= elements.count / 2 {
            elements.removeFirst(head)
            head = 0
        }
        return element
    }
}

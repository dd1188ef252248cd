/// First in, first out.
struct Queue<Element> {
    private var elements: [Element?] = []
    private var head = 0

    /// How many elements wait.
    var count: Int { elements.count - head }

    /// Whether none waits.
    var isEmpty: Bool { head == elements.count }

    /// Adds an element at the end.
    mutating func append(_ element: Element) {
        elements.append(element)
    }

    /// Puts an element before all others.
    mutating func prepend(_ element: Element) {
        if head > 0 {
            head -= 1
            elements[head] = element
        } else {
            elements.insert(element, at: 0)
        }
    }

    /// Takes the first element.
    mutating func popFirst() -> Element? {
        guard head < elements.count else {
            return nil
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

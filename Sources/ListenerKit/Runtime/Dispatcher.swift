/// Decides which handler is called with what, when an event is acknowledged, and when the listener is done.
///
/// It does no I/O, and is told what time it is; handlers are indices. All that these decisions depend on is here, under one
/// lock, so nothing has to be looked at twice.
struct Dispatcher {
    /// How far the listener is.
    enum Phase {
        /// Not all handlers have been made.
        case starting
        /// Events are received and handed out.
        case running
        /// Nobody reads what is written to supervisord: no more events are received.
        case unheard
        /// Handlers finish what they have.
        case draining
        /// The end, whatever handlers are still at.
        case finished
    }

    /// A call of a handler.
    struct Call {
        /// The handler's index.
        let handler: Int
        /// The content that it is called with; `nil` if it has to be made first.
        let delivery: Delivery?
    }

    /// The next step, apart from calling handlers.
    enum Step {
        /// supervisord is to be told that the listener is ready.
        case reportReady
        /// The last event is to be acknowledged, and another one asked for.
        case acknowledge
        /// The last event is to be acknowledged, and no other asked for.
        case acknowledgeLast
        /// The next event is to be handed out if it is there.
        case receive
        /// The listener is to end.
        case finish
        /// Nothing before handlers come back, or input does.
        case wait
    }

    /// The state of one handler.
    struct Slot {
        let categories: Categories
        var state = HandlerState.new
        var mailbox: Mailbox

        var isReady: Bool { state == .idle && mailbox.isReady || state == .new }
        var isDone: Bool { state == .idle && mailbox.count == 0 || state == .failed }
    }

    /// The activity of one handler.
    enum HandlerState {
        /// It has not been made.
        case new
        /// It is called, or being made.
        case busy
        /// It waits for the next call.
        case idle
        /// It could not be made.
        case failed
    }

    var phase = Phase.starting
    /// The status with which the listener ends.
    var status = ExitStatus.success
    var acknowledgement: Acknowledgement
    var slots: [Slot]
    /// How many handlers have not been made.
    var unmade: Int
    /// The handler that was called last; the next one is considered first.
    var lastCalled = -1

    /// Begins without an event.
    ///
    /// - Parameters:
    ///   - handlers: For each handler what it handles, and whether its mailbox is held until the first snapshot comes.
    ///   - limit: How long events may wait for one of them.
    init(_ handlers: [(categories: Categories, isHeld: Bool)], acknowledgedWithin limit: Duration) {
        acknowledgement = Acknowledgement(handlers: handlers.count, limit: limit)
        slots = handlers.map { Slot(categories: $0.categories, mailbox: Mailbox(isHeld: $0.isHeld)) }
        unmade = slots.count
    }

    /// Whether an event was received that is not acknowledged.
    var hasPendingEvent: Bool { acknowledgement.isPending }

    /// Whether no handler has anything to do.
    var hasHandledAll: Bool { slots.allSatisfy { $0.isDone } }

    /// Whether the listener ends, or is going to.
    var isEnding: Bool { phase == .draining || phase == .finished }

    /// Returns what is to be done next, and counts it as done.
    mutating func nextStep() -> Step {
        if phase == .starting, unmade == 0 {
            phase = .running
            return .reportReady
        }
        if phase != .finished, acknowledgement.complete() {
            return phase == .running ? .acknowledge : .acknowledgeLast
        }
        if phase == .running, !acknowledgement.isPending {
            return .receive
        }
        return phase == .draining && hasHandledAll ? .finish : .wait
    }
}

extension Dispatcher {
    /// Puts an event into the mailboxes of the handlers that want it, and makes its acknowledgement wait for them.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - categories: One of these is enough for a handler to want it.
    /// - Returns: The handlers whose mailboxes have dropped something for it.
    mutating func handOut(_ event: Event, to categories: Categories) -> [Int] {
        let number = acknowledgement.begin(event) { !slots[$0].categories.isDisjoint(with: categories) }
        return put(Delivery(.event(event), number: number), for: categories)
    }

    /// Puts something into the mailboxes of the handlers that want it.
    ///
    /// - Returns: The handlers whose mailboxes have dropped something for it.
    mutating func put(_ delivery: Delivery, for categories: Categories) -> [Int] {
        var overflowing: [Int] = []
        for index in slots.indices where !slots[index].categories.isDisjoint(with: categories) {
            if slots[index].mailbox.put(delivery) {
                overflowing.append(index)
            }
        }
        return overflowing
    }

    /// Puts something into one handler's mailbox.
    ///
    /// - Returns: That handler if its mailbox has dropped something for it.
    mutating func put(_ delivery: Delivery, forHandler index: Int) -> [Int] {
        slots[index].mailbox.put(delivery) ? [index] : []
    }

    /// Puts a snapshot into the mailboxes of the handlers that want it; those that are held for it hand it out first.
    ///
    /// - Returns: The handlers whose mailboxes have dropped something for it.
    mutating func put(_ snapshot: Snapshot) -> [Int] {
        let delivery = Delivery(.snapshot(snapshot))
        var overflowing: [Int] = []
        for index in slots.indices where slots[index].categories.contains(.snapshot) {
            if slots[index].mailbox.isHeld {
                slots[index].mailbox.release(with: delivery)
            } else if slots[index].mailbox.put(delivery) {
                overflowing.append(index)
            }
        }
        return overflowing
    }

    /// Holds no mailbox any longer.
    mutating func releaseMailboxes() {
        for index in slots.indices {
            slots[index].mailbox.release()
        }
    }
}

/// A selected handler as the rest of the listener sees it: its name, what it wants, and its mailbox.
struct Subscriber: Sendable {
    let type: any Handler.Type
    /// Its place among the selected handlers.
    let index: Int
    let categories: Categories
    let mailbox: Mailbox
    let lateness: LateReport

    /// What the reporter calls it that the handler is too slow.
    var fullMailbox: String { "mailbox of \(type.name)" }

    init(_ type: any Handler.Type, index: Int, holdsMail: Bool, _ reporter: Reporter, _ loop: EventLoop) {
        self.type = type
        self.index = index
        categories = Categories(handledBy: type)
        mailbox = Mailbox(isHeld: holdsMail && categories.contains(.snapshot))
        lateness = LateReport(on: type, reporter, loop)
    }
}

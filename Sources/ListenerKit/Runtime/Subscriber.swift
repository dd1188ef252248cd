/// A selected handler as the rest of the listener sees it: its name, what it wants, and its mailbox.
struct Subscriber: Sendable {
    let type: any Handler.Type
    let categories: Categories
    let mailbox: Mailbox

    /// What the reporter calls it that the handler is too slow.
    var fullMailbox: String { "mailbox of \(type.name)" }

    init(_ type: any Handler.Type, holdsMail: Bool) {
        self.type = type
        categories = Categories(handledBy: type)
        mailbox = Mailbox(isHeld: holdsMail && categories.contains(.snapshot))
    }
}

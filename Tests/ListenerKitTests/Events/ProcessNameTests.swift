import ListenerKit
import Testing

@Suite struct ProcessNameTests {
    @Test(arguments: [("cat", "cat", "cat"), ("web", "web_0", "web:web_0"), ("a", "", "a:"), ("", "", "")])
    func aNameReadsAsSupervisorctlWritesIt(group: String, process: String, text: String) {
        #expect(ProcessName(group: group, process: process).description == text)
    }

    @Test(arguments: [
        ("cat", ProcessName(group: "cat", process: "cat")), ("web:web_0", ProcessName(group: "web", process: "web_0")),
        ("a:b:c", ProcessName(group: "a", process: "b:c")), ("", nil), ("a:", nil), (":a", nil), ("a:*", nil),
    ])
    func aNameIsReadFromItsDescription(text: String, name: ProcessName?) {
        #expect(ProcessName(text) == name)
        #expect(name == nil || name?.description == text)
    }

    @Test func namesAreOrderedByGroupThenByProcess() {
        let names = [("a", "z"), ("b", "a"), ("b", "b")].map { ProcessName(group: $0.0, process: $0.1) }
        #expect(names.reversed().sorted() == names)
        #expect(!(names[0] < names[0]))
    }
}

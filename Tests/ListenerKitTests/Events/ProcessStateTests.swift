import ListenerKit
import Testing

@Suite struct ProcessStateTests {
    @Test(arguments: ProcessState.allCases)
    func everyNameIsRecognisedInAnyCase(state: ProcessState) {
        #expect(ProcessState(name: state.name) == state)
        #expect(ProcessState(name: state.name.lowercased()) == state)
    }

    @Test(arguments: ["", "RUN", "RUNNING ", "ready"])
    func otherWordsAreNoState(word: String) {
        #expect(ProcessState(name: word) == nil)
    }
}

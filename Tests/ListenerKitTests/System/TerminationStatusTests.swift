import ListenerKit
import Testing

@Suite struct ProcessEndTests {
    /// What `waitpid` says, as Linux lays it out.
    @Test(
        arguments: [
            (0, .exited(0)), (7 << 8, .exited(7)), (255 << 8, .exited(255)), (9, .killed(.kill)),
            (15, .killed(.terminate)),
            // One bit more says that the memory was dumped.
            (11 | 0x80, .killed(Signal(rawValue: 11))),
        ] as [(Int32, TerminationStatus)]
    )
    func theStatusOfWaitingIsRead(status: Int32, end: TerminationStatus) {
        #expect(TerminationStatus(waitStatus: status) == end)
    }
}

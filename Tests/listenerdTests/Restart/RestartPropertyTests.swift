import Testing

/// What holds for every restart, whatever processes do.
@Suite struct RestartPropertyTests {
    @Test(arguments: RandomRestart.Trouble.allCases, 0..<100 as Range<UInt64>)
    func neverAreTooManyDownAndItAlwaysEnds(trouble: RandomRestart.Trouble, seed: UInt64) throws {
        var restart = try RandomRestart(seed: seed)
        try restart.run(trouble)
    }
}

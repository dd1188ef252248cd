import Testing

@testable import Handlers

/// Whatever `supervisorctl update` takes over, while programs start and after that.
@Suite struct StartupUpdatePropertyTests {
    @Test(arguments: 0..<300 as Range<UInt64>)
    func everythingIsStartedOnceInItsOrderAndNothingIsLost(seed: UInt64) {
        var simulation = UpdateSimulation(seed: seed)
        simulation.run(updates: Int(seed % 12))
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        #expect(simulation.missing.isEmpty)
        #expect(simulation.remembered == 0)
    }
}

import ListenerKit
import Testing

@testable import Handlers

@Suite struct ProcessMemoryTests {
    @Test func processesUnknownToSupervisordAreForgotten() {
        var memory = ProcessMemory<ProcessName, Int>()
        memory[.of("web")] = 1
        memory[.of("gone")] = 2
        memory[.of("none")] = nil
        memory.forgetAll(except: [.of("web"), .of("other")])
        #expect(memory.values == [.of("web"): 1])
    }

    @Test func memoryIsCrowdedAgainOnlyAfterItHasGrown() {
        var memory = ProcessMemory<ProcessName, Int>()
        let names = (0..<5000).map { ProcessName.of("p\($0)") }
        for name in names.prefix(1024) {
            memory[name] = 1
        }
        #expect(!memory.isCrowded)
        memory[names[1024]] = 1
        #expect(memory.isCrowded)
        memory.forgetAll(except: Set(names))
        #expect(!memory.isCrowded)
        for name in names.prefix(2050) {
            memory[name] = 1
        }
        #expect(!memory.isCrowded)
        memory[names[4000]] = 1
        #expect(memory.isCrowded)
    }

    @Test func evenWithoutAnybodyToAskItHasABound() {
        var memory = ProcessMemory<ProcessName, Int>()
        var most = 0
        for number in 0..<100_000 {
            memory[.of("p\(number)")] = number
            most = max(most, memory.values.count)
            #expect(memory[.of("p\(number)")] == number)
        }
        #expect(most == 32_768)
    }
}

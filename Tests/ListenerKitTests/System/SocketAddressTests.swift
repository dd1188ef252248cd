import Testing

@testable import ListenerKit

@Suite struct SocketAddressTests {
    @Test(arguments: [
        ("127.0.0.1", ["127.0.0.1"]), ("localhost", ["127.0.0.1", "::1"]), ("LOCALHOST", ["127.0.0.1", "::1"]),
        ("0.0.0.0", ["127.0.0.1"]), ("::", ["::1"]), ("10.1.2.3", ["10.1.2.3"]), ("fe80::1", ["fe80::1"]),
    ])
    func numbersAndTheLocalHostNeedNoResolver(host: String, numeric: [String]) throws {
        let expected = numeric.map { SocketAddress(numeric: $0, port: 9001) }
        #expect(try SocketAddress.resolve(host, port: 9001) == expected)
        #expect(SocketAddress.withoutLookup(host, port: 9001) == expected)
    }

    @Test(arguments: ["supervisor.example", "", "1.2.3"])
    func aNameIsNotLookedUpUnasked(host: String) {
        #expect(SocketAddress.withoutLookup(host, port: 9001).isEmpty)
    }

    @Test(arguments: ["", "localhost", "1.2.3", "1.2.3.4.5", "::g", "256.1.1.1"])
    func namesAreNoNumericAddresses(host: String) {
        #expect(SocketAddress(numeric: host, port: 1) == nil)
    }

    @Test func aPathIsNoLongerThanTheKernelTakes() {
        #expect(SocketAddress(path: String(repeating: "x", count: SocketAddress.longestPath)) != nil)
        #expect(SocketAddress(path: String(repeating: "x", count: SocketAddress.longestPath + 1)) == nil)
    }
}

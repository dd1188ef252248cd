extension PageRequest {
    /// Returns the request for a page (RFC 9112, 3).
    ///
    /// - Parameters:
    ///   - path: Its path and query, which begin with a slash.
    ///   - host: The host, an IPv6 address without brackets.
    ///   - port: The port.
    /// - Returns: The request.
    static func text(path: String, host: String, port: UInt16) -> [UInt8] {
        var text = Array("GET ".utf8)
        for byte in path.utf8 {
            // What would end the line, or its part, is not left as it is.
            if byte > 0x20 && byte < 0x7F {
                text.append(byte)
            } else {
                text.append(text: byte < 0x10 ? "%0" : "%")
                text.append(text: String(byte, radix: 16, uppercase: true))
            }
        }
        let isSixth = host.utf8.contains(UInt8(ascii: ":"))
        let name = isSixth ? "[\(host)]" : host
        let address = port == 80 ? name : "\(name):\(port)"
        text.append(text: " HTTP/1.1\r\nHost: \(address)\r\nUser-Agent: listenerd\r\n")
        text.append(text: "Connection: close\r\n\r\n")
        return text
    }
}

/// Returns bytes in base64, with padding.
package func base64(_ bytes: some Sequence<UInt8>) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var output: [UInt8] = []
    var pending: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
        pending = (pending << 8 | UInt32(byte)) & 0xFFFF
        bits += 8
        while bits >= 6 {
            bits -= 6
            output.append(alphabet[Int(pending >> bits & 0x3F)])
        }
    }
    if bits > 0 {
        output.append(alphabet[Int(pending << (6 - bits) & 0x3F)])
        output += Array(repeating: UInt8(ascii: "="), count: Int(6 - bits) / 2)
    }
    return String(decoding: output, as: UTF8.self)
}

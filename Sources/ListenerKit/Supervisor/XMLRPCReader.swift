/// Parses XML-RPC from tags and text.
struct XMLRPCReader {
    /// The rest of the document.
    var tokens: XMLTokens
    /// How many arrays and structs are open.
    private var depth = 0

    /// The deepest nesting; supervisord nests four levels, and many more would overflow the stack.
    private static let deepest = 32

    /// How many values have been read.
    private var count = 0
    /// The most values: the longest reply that ``Exchange`` accepts has no more, if each is as long as supervisord writes it.
    private static let mostValues = 1_000_000
    /// The initial capacity for members: supervisord's information about a process has 14.
    private static let usualMembers = 16

    init(_ bytes: ArraySlice<UInt8>) {
        tokens = XMLTokens(bytes)
    }

    /// Parses the whole document.
    mutating func reply() throws(XMLRPCError) -> XMLRPCReply {
        try expectStart("methodResponse")
        guard case .start(let name) = try tag() else {
            throw unexpected("a reply without a value")
        }
        let reply: XMLRPCReply
        if tokens.matches(name, "fault") {
            try expectStart("value")
            reply = .failure(Fault(try value()))
        } else if tokens.matches(name, "params") {
            try expectStart("param")
            try expectStart("value")
            reply = .success(try value())
            try expectEnd("param")
        } else {
            throw unexpected("neither a value nor a fault")
        }
        try expectEnd(name)
        try expectEnd("methodResponse")
        return reply
    }

    /// Parses a value whose opening tag has been read, up to its closing tag.
    private mutating func value() throws(XMLRPCError) -> XMLRPCValue {
        count += 1
        guard count <= Self.mostValues else {
            throw .tooMany
        }
        var bare: Range<Int>?
        while true {
            switch try tokens.next() {
            case .text(let range):
                bare = bare ?? range
            case .end(let name):
                guard tokens.matches(name, "value") else {
                    throw unexpected("a value without an end")
                }
                return .string(bare.map { tokens.string($0) } ?? "")
            case .start(let type):
                let value = try value(of: type)
                try expectEnd("value")
                return value
            }
        }
    }

    private mutating func value(of type: Range<Int>) throws(XMLRPCError) -> XMLRPCValue {
        if tokens.matches(type, "struct") {
            return .struct(try nested { reader throws(XMLRPCError) in try reader.members() })
        }
        if tokens.matches(type, "array") {
            return .array(try nested { reader throws(XMLRPCError) in try reader.elements() })
        }
        let text = try text(until: type)
        if tokens.matches(type, "string") {
            return .string(text)
        }
        return try scalar(type, text)
    }

    private func scalar(_ type: Range<Int>, _ text: String) throws(XMLRPCError) -> XMLRPCValue {
        let word = Substring(text.utf8.drop { $0 <= UInt8(ascii: " ") }.prefix { $0 > UInt8(ascii: " ") })
        if tokens.matches(type, "int") || tokens.matches(type, "i4") || tokens.matches(type, "i8") {
            guard let number = Int(word) else {
                throw unexpected("an int that is not an integer")
            }
            return .int(number)
        }
        if tokens.matches(type, "boolean") {
            guard ["0", "1", "true", "false"].contains(word) else {
                throw unexpected("a boolean that is neither 0 nor 1")
            }
            return .boolean(word == "1" || word == "true")
        }
        if tokens.matches(type, "double") {
            guard let number = Double(word) else {
                throw unexpected("a double that is not a number")
            }
            return .double(number)
        }
        // dateTime.iso8601, base64 and nil: supervisord sends none of them, but a plug-in may.
        return .string(text)
    }

    private mutating func nested<Value>(
        _ read: (inout XMLRPCReader) throws(XMLRPCError) -> Value
    ) throws(XMLRPCError) -> Value {
        guard depth < XMLRPCReader.deepest else {
            throw .tooDeep
        }
        depth += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func elements() throws(XMLRPCError) -> [XMLRPCValue] {
        try expectStart("data")
        var values: [XMLRPCValue] = []
        while try startsNext("value", orEnds: "data") {
            values.append(try value())
        }
        try expectEnd("array")
        return values
    }

    private mutating func members() throws(XMLRPCError) -> [String: XMLRPCValue] {
        var members: [String: XMLRPCValue] = [:]
        while try startsNext("member", orEnds: "struct") {
            if members.count == Self.usualMembers / 4 {
                members.reserveCapacity(Self.usualMembers)
            }
            guard case .start(let tag) = try tag(), tokens.matches(tag, "name") else {
                throw unexpected("a member without a name")
            }
            let name = try text(until: tag)
            try expectStart("value")
            members[name] = try value()
            try expectEnd("member")
        }
        return members
    }
}

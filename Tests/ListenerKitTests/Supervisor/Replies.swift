/// Replies in supervisord's form.
enum Replies {
    /// A reply with one value, given as XML.
    static func document(_ value: String) -> String {
        """
        <?xml version='1.0'?>
        <methodResponse>
        <params>
        <param>
        <value>\(value)</value>
        </param>
        </params>
        </methodResponse>

        """
    }

    /// A fault.
    static func fault(_ code: Int, _ message: String) -> String {
        """
        <?xml version='1.0'?>
        <methodResponse>
        <fault>
        <value><struct>
        <member>
        <name>faultCode</name>
        <value><int>\(code)</int></value>
        </member>
        <member>
        <name>faultString</name>
        <value><string>\(message)</string></value>
        </member>
        </struct></value>
        </fault>
        </methodResponse>

        """
    }

    /// One process, as a member of the reply to `getAllProcessInfo`.
    static func process(_ name: String) -> String {
        let members = [
            ("name", "<string>\(name)</string>"), ("group", "<string>grp</string>"),
            ("start", "<int>1795247643</int>"), ("stop", "<int>0</int>"), ("now", "<int>1795247736</int>"),
            ("state", "<int>20</int>"), ("statename", "<string>RUNNING</string>"),
            ("spawnerr", "<string></string>"), ("exitstatus", "<int>0</int>"),
            ("logfile", "<string>/tmp/out.log</string>"), ("stdout_logfile", "<string>/tmp/out.log</string>"),
            ("stderr_logfile", "<string></string>"), ("pid", "<int>5523</int>"),
            ("description", "<string>pid 5523, uptime 0:01:33</string>"),
        ]
        let lines = members.map { "<member>\n<name>\($0.0)</name>\n<value>\($0.1)</value>\n</member>\n" }
        return "<struct>\n\(lines.joined())</struct>"
    }

    /// An array of values, given as XML.
    static func array(_ values: [String]) -> String {
        "<array><data>\n\(values.map { "<value>\($0)</value>\n" }.joined())</data></array>"
    }

    /// A reply in supervisord's form over a connection that will be closed.
    static func http(_ body: String, status: String = "200 OK", length: Int? = nil) -> String {
        let headers = [
            "HTTP/1.1 \(status)", "Content-Length: \(length ?? body.utf8.count)", "Content-Type: text/xml",
            "Date: Sat, 21 Nov 2026 07:54:03 GMT", "Server: Medusa/1.12", "", "",
        ]
        return headers.joined(separator: "\r\n") + body
    }
}

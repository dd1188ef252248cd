import ListenerKit
import Testing

@Suite struct CredentialsTests {
    @Test func theEnvironmentTellsThem() {
        let name = "SUPERVISOR_USERNAME"
        let password = "SUPERVISOR_PASSWORD"
        #expect(Credentials(environment: [name: "me", password: "x"]) == Credentials(username: "me", password: "x"))
        #expect(Credentials(environment: [name: "me"]) == Credentials(username: "me", password: ""))
        #expect(Credentials(environment: [name: "", password: "x"]) == nil)
        #expect(Credentials(environment: [password: "x"]) == nil)
    }

    @Test func nothingShowsThem() {
        let credentials = Credentials(username: "mallory", password: "sesame")
        let supervisor = Supervisor(endpoint: .unix(path: "/s"), credentials: credentials)
        var dumped = ""
        dump(supervisor, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), "\(supervisor)", dumped] {
            #expect(!text.contains("mallory") && !text.contains("sesame"))
        }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"), ("\u{0}ÿ>?~", "AMO/Pj9+"),
    ])
    func base64IsAsTheStandardHasIt(text: String, encoded: String) {
        #expect(base64(text.utf8) == encoded)
    }
}

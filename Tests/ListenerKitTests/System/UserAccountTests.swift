import ListenerKit
import Testing

@Suite struct UserAccountTests {
    @Test(arguments: ["root", "0"])
    func aUserIsFoundByNameAndByNumber(text: String) {
        #expect(UserAccount(text)?.userID == 0)
        #expect(UserAccount(text)?.groupID == 0)
    }

    @Test(arguments: ["", "no such user", "-1", "4294967296", "root:x", "roo"])
    func anythingElseIsNobody(text: String) {
        #expect(UserAccount(text) == nil)
    }
}

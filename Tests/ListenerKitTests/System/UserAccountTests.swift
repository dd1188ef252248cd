import Testing

@testable import ListenerKit
@testable import ListenerTesting

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

    @Test(arguments: ["root", "0"])
    func theGroupsOfAUserAreThePrimaryOneAndThoseThatNameTheUser(text: String) throws {
        let folder = try TemporaryFolder()
        let groups = """
            root:x:0:root
            one:x:1:root,other
            two:x:2:other
            roots:x:3:roots,root2
            four:x:4:other,root
            broken:x
            bad:x:x:root
            """
        let path = try folder.write(groups, to: "group")
        #expect(UserAccount(text)?.groupIDs(in: path) == [0, 1, 4])
    }
}

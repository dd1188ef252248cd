import Foundation
import Testing

@testable import listenerd

@Suite struct IncludePatternTests {
    @Test(arguments: [
        ("/etc/web.conf", "/etc/web.conf"),
        ("/a b/c\td/\u{A0}.conf", "/a[!!-~]b/c[!!-~]d/[!!-~].conf"),
        ("/a*/b?/[c]", "/a[*]/b[?]/[[]c]"),
        ("/100%/%(here)s", "/100%%/%%(here)s"),
    ])
    func aPathIsMatchedByNothingElse(path: String, pattern: String) {
        #expect(IncludePattern.matching(path) == pattern)
    }

    @Test(arguments: ["/a b", "/*", "/[a]", "/[!a]?x", "/a\\b"])
    func aPathMatchesItsPattern(path: String) {
        let glob = IncludePattern.globPattern(matching: path)
        #expect(fnmatch(glob, path, FNM_PATHNAME | FNM_NOESCAPE) == 0)
        #expect(fnmatch(IncludePattern.matching(path), path, FNM_PATHNAME | FNM_NOESCAPE) == 0)
    }

    @Test(arguments: [
        ("/conf.d/*.conf", "/my dir", "/conf.d/*.conf"), ("conf.d/[ab]*", "/my dir", "/my[!!-~]dir/conf.d/[ab]*"),
        ("50%/*", "/[x]", "/[x]/50%%/*"), ("../*", "/", "/../*"),
    ])
    func aPatternStaysOne(pattern: String, directory: String, absolute: String) {
        #expect(IncludePattern.absolute(pattern, from: directory) == absolute)
    }
}

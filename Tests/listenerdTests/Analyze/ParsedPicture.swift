import Foundation
import FoundationXML

/// A picture as an XML parser reads it.
final class ParsedPicture: NSObject, XMLParserDelegate {
    /// What is no XML.
    struct Malformed: Error {
        let reason: String
    }

    /// The names of all elements.
    private(set) var elements: Set<String> = []
    /// The names of all attributes.
    private(set) var attributes: Set<String> = []
    /// What is written in the picture.
    private(set) var texts: [String] = []
    /// What is shown under the pointer.
    private(set) var titles: [String] = []
    private var text = ""

    /// Parses a picture.
    ///
    /// - Parameter bytes: The file.
    /// - Throws: ``Malformed`` if it is no XML.
    init(_ bytes: [UInt8]) throws {
        super.init()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = self
        guard parser.parse() else {
            throw Malformed(reason: "line \(parser.lineNumber): \(String(describing: parser.parserError))")
        }
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes names: [String: String]
    ) {
        elements.insert(name)
        attributes.formUnion(names.keys)
        text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) {
        text += characters
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        switch name {
        case "text": texts.append(text)
        case "title": titles.append(text)
        default: break
        }
    }
}

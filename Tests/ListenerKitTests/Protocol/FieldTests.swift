import Testing

@testable import ListenerKit

@Suite struct FieldTests {
    @Test func aMarkerIsTheKeyBetweenASpaceAndAColon() {
        #expect(Field.poolSerial.marker.description == " poolserial:")
        #expect(Field.poolSerial.key == "poolserial")
    }

    @Test func onlyNamesAreFreeText() {
        #expect(Field.server.isFreeText && Field.process.isFreeText && Field.group.isFreeText)
        #expect(!Field.serial.isFreeText && !Field.length.isFreeText && !Field.pid.isFreeText)
    }
}

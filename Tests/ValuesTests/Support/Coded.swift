// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// How a value that is coded as one string looks in JSON.
enum Coded {
    static func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }

    static func text(_ value: some Encodable) throws -> String {
        try JSONDecoder().decode(String.self, from: JSONEncoder().encode(value))
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        try JSONDecoder().decode(type, from: JSONEncoder().encode(text))
    }
}

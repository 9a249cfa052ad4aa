// SPDX-License-Identifier: EUPL-1.2
public import Disclosures
import PrivacyRules

extension RecipientKind {
    /// The kind as it is written in configuration: `raad-voor-de-kinderbescherming`.
    public var configurationName: String {
        kebabCase(rawValue)
    }

    static let choices = allCases.map { (name: $0.configurationName, value: $0) }
}

extension ConfirmationRule.Need {
    static let choices: [(name: String, value: Self)] = allCases.map { need in
        switch need {
        case .none: ("none", need)
        case .unlessSubmittedInRole: ("unless_submitted_in_role", need)
        case .always: ("always", need)
        }
    }
}

/// The values of a type by the words that the code has for them.
func rawChoices<Value: RawRepresentable & CaseIterable>(_: Value.Type) -> [(name: String, value: Value)]
where Value.RawValue == String {
    Value.allCases.map { (name: $0.rawValue, value: $0) }
}

private func kebabCase(_ name: String) -> String {
    name.reduce(into: "") { result, character in
        if character.isUppercase { result += "-" }
        result += character.lowercased()
    }
}

// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Bestuur
import Intranet
import Ketenpartner
import Leerlingvolgsysteem
import VeiligThuis
import Verwijsindex

/// The adapters that this program ships with: the only place that names them.
enum Adapters {
    static let all: [any Adapter.Type] = [
        VerwijsindexAdapter.self, VeiligThuisAdapter.self, LeerlingvolgsysteemAdapter.self, IntranetAdapter.self,
        KetenpartnerAdapter.self, BestuurAdapter.self,
    ]

    static func named(_ name: String) -> (any Adapter.Type)? {
        all.first { $0.specification.name == name }
    }
}

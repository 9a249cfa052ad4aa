// SPDX-License-Identifier: EUPL-1.2
import Sandbox

/// What dovecot reads when it starts.
struct DovecotSettings {
    let folder: String
    let imapPort: Int
    let imapsPort: Int
    let identity: ServerIdentity
    /// Said to postfix before a mail for a full mailbox is taken.
    let fullMailbox: String

    var text: String {
        """
        base_dir = \(folder)/run
        state_dir = \(folder)/state
        instance_name = \(folder.split(separator: "/").last ?? "proef")
        protocols = imap lmtp
        listen = 127.0.0.1
        log_path = /dev/stderr
        ssl = required
        ssl_cert = <\(identity.certificate)
        ssl_key = <\(identity.key)
        ssl_min_protocol = TLSv1.2
        disable_plaintext_auth = yes
        auth_mechanisms = plain login
        auth_failure_delay = 0
        mail_location = maildir:~/Maildir
        mail_plugins = quota
        first_valid_uid = 1
        first_valid_gid = 1
        passdb {
          driver = passwd-file
          args = scheme=PLAIN username_format=%u \(folder)/users
        }
        userdb {
          driver = passwd-file
          args = username_format=%u \(folder)/users
        }
        namespace inbox {
          inbox = yes
        }
        plugin {
          quota = maildir:User quota
          quota_rule = *:storage=0
          quota_grace = 0
          quota_status_success = DUNNO
          quota_status_nouser = DUNNO
          quota_status_overquota = "\(fullMailbox)"
        }
        \(services)
        """
    }

    private var services: String {
        """
        service imap-login {
          inet_listener imap {
            port = \(imapPort)
          }
          inet_listener imaps {
            port = \(imapsPort)
            ssl = yes
          }
        }
        service lmtp {
          unix_listener lmtp {
            mode = 0666
          }
        }
        service auth {
          unix_listener auth-postfix {
            mode = 0666
          }
        }
        service quota-status {
          executable = quota-status -p postfix
          client_limit = 1
          unix_listener quota-status {
            mode = 0666
          }
        }
        protocol lmtp {
          mail_plugins = quota
        }
        protocol imap {
          mail_plugins = quota imap_quota
        }

        """
    }
}

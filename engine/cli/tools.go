//go:build tools

// Package engine pins the Pulumi CLI for machines that reach a Go module proxy and not Pulumi's own downloads.
package engine

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"

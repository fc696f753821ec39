// Reads HCL files by HashiCorp's own parser, and tells what is wrong in them.
//
//	go run . FILE…
package main

import (
	"fmt"
	"os"

	"github.com/hashicorp/hcl/v2/hclparse"
)

func main() {
	parser := hclparse.NewParser()
	wrong := false
	for _, file := range os.Args[1:] {
		_, diagnostics := parser.ParseHCLFile(file)
		for _, each := range diagnostics {
			fmt.Fprintln(os.Stderr, each)
		}
		wrong = wrong || diagnostics.HasErrors()
	}
	if wrong || len(os.Args) == 1 {
		os.Exit(1)
	}
	fmt.Printf("%d files read\n", len(os.Args)-1)
}
